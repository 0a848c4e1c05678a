import { realClock } from '../../harness/clock/index.ts';
import { fileSink, Ledger, Secrets } from '../../harness/ledger/index.ts';

// Records as fast as it can, without a pause in which anything could be written, and is then gone at once.
const [, , file = '', count = '0'] = process.argv;
const ledger = new Ledger({ case: 'a/b', clock: realClock(), secrets: new Secrets(), sink: fileSink(file) });
for (let at = 1; at <= Number(count); at++) ledger.record('harness', { kind: 'act', what: `step ${at}` });
process.kill(process.pid, 'SIGKILL');
