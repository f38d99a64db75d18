// Runs the script that the first argument names, and ends when standard input does: the parent holds the other end and
// never writes to it, so that the operating system closes it however the parent dies.
process.stdin.on('end', () => process.exit(143)).resume();
process.argv.splice(1, 1);
require(process.argv[1]);
