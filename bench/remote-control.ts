/* Loaded before a program of the product that a benchmark starts: tells how much memory it took, and ends it when the benchmark is gone. */

process.on('disconnect', () => process.exit(1));
process.on('message', (question) => {
  if (question === 'peak memory') process.send!(process.resourceUsage().maxRSS);
});
process.channel!.unref();
