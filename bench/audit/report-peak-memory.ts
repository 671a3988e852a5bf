/* Preloaded into a command: prints its peak memory in kilobytes when it ends, since nobody can ask for it afterwards. */

import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(1, `peak: ${process.resourceUsage().maxRSS}\n`));
