/* Preloaded before a command: prints its peak memory in kilobytes when it ends. */

import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(1, `peak: ${process.resourceUsage().maxRSS}\n`));
