/* Loaded before a command: prints the most memory it has held, in kilobytes, when it ends. */

import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(1, `peak: ${process.resourceUsage().maxRSS}\n`));
