import { resolve } from 'node:path';

/**
 * Resolves a path relative to the caller's folder: npm runs scripts in the project's folder and reports where it was
 * called.
 */
export const callerPath = (path: string): string => resolve(process.env.INIT_CWD ?? '', path);
