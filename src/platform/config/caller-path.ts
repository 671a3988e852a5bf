import { resolve } from 'node:path';

/**
 * Resolves a path relative to the folder in which npm was called. npm runs scripts in the project's folder and passes
 * the caller's folder in INIT_CWD.
 */
export const callerPath = (path: string): string => resolve(process.env.INIT_CWD ?? '', path);
