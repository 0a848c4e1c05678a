import { createForwardProxy, type ForwardProxy } from '../../harness/proxy/index.ts';
import { CREDENTIALS } from './credentials.ts';
import { recorded } from './recorded.ts';
import { answerTasks } from './tasks.ts';

let proxy: ForwardProxy | undefined;

answerTasks({
  start: async ({ originPort }: { originPort: number }) => {
    await proxy?.[Symbol.asyncDispose]();
    const { clock, ledger, dir } = await recorded();
    proxy = await createForwardProxy({
      spec: { kind: 'basic', auth: { scheme: 'basic', ...CREDENTIALS } },
      clock,
      ledger,
      resolve: (host, port) => (host === '127.0.0.1' && port === originPort ? host : undefined),
      dir,
    });
    return proxy.port;
  },
});
