import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded before the command line tool, and by nothing that the tool starts: those have other arguments.
const file = process.env['PROXYPROOF_BENCH_PROCESS'];
if (file && /harness\/cli\/main\.[jt]s$/.test(process.argv[1] ?? '')) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    // In KiB on Linux (getrusage(2)).
    const peakMiB = process.resourceUsage().maxRSS / 1024;
    writeFileSync(file, JSON.stringify({ cpuSeconds: (user + system) / 1e6, loopDelayMs: delay.max / 1e6, peakMiB }));
  });
}
