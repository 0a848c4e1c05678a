import { type Comparison, compare, type Speed } from './compare.ts';
import { Program } from './program.ts';

/** A proxy of the bench: the file's name below bench/programs. */
export type ProxyName = 'recording-proxy' | 'bare-proxy-chain' | 'mockttp-proxy';

/** What a round asks of the load program, for a proxy's port and an origin's address. */
export type ProxyLoad = (port: number, target: string) => { readonly task: string; readonly given: object };

/** Compares our recording proxy with another one under the same load, from a process of its own. */
export async function compareProxies(
  other: Exclude<ProxyName, 'recording-proxy'>,
  load: ProxyLoad,
  options: { readonly unit: string; readonly against: string; readonly scale?: number; readonly rounds?: number },
): Promise<Comparison> {
  await using loader = new Program('load');
  await using ours = new Program('recording-proxy');
  await using theirs = new Program(other);
  const originPort = await loader.ask<number>('origin');
  // A proxy of its own for every round, as every case has: a ledger is not made to hold the requests of a minute of load.
  const round = (proxy: Program) => async (): Promise<Speed> => {
    const { task, given } = load(await proxy.ask<number>('start', { originPort }), `127.0.0.1:${originPort}`);
    return timed(proxy, () => loader.ask(task, given));
  };
  return await compare(round(ours), round(theirs), options);
}

/** One round of a load, with the CPU time that the server took for it. */
export async function timed(server: Program, load: () => Promise<{ amount: number; seconds: number }>): Promise<Speed> {
  const before = await server.cpuSeconds();
  const { amount, seconds } = await load();
  return { amount, seconds, cpuSeconds: (await server.cpuSeconds()) - before };
}
