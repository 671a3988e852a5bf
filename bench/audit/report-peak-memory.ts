/* Preloaded before a command, which ends before it could be asked: prints its peak memory in kilobytes at the end. */

import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(1, `peak: ${process.resourceUsage().maxRSS}\n`));
