// downloads something, which no build may
process.exit(1);
