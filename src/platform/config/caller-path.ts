import { resolve } from 'node:path';

/**
 * A path as the caller of a command meant it: npm runs scripts in the project's folder, and says where it was called.
 */
export const callerPath = (path: string): string => resolve(process.env.INIT_CWD ?? '', path);
