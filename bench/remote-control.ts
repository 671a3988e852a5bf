/*
 * Preloaded before a program of the product that a benchmark starts: reports its peak memory, and ends it when the
 * benchmark has ended.
 */

process.on('disconnect', () => process.exit(1));
process.on('message', (question) => {
  if (question === 'peak memory') process.send!(process.resourceUsage().maxRSS);
});
process.channel!.unref();
