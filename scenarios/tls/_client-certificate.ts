import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventOf, Evidence, Exchange, RunnerConfig, Stage } from '../../harness/kit/index.ts';

/** Whose the certificate is that the runner is given: its common name. */
export const RUNNERS_NAME = 'build-runner';

/** A certificate of the runner's own, in files. */
export interface PlacedClientCertificate {
  readonly config: Pick<RunnerConfig, 'clientCertificate'>;
  /** Puts another one into the same files. */
  readonly renew: (name: string) => Promise<void>;
}

/** Has GitLab make the runner a certificate, and puts it into tls-cert-file and tls-key-file, before the runner starts. */
export async function placeClientCertificate({ world }: Pick<Stage, 'world'>): Promise<PlacedClientCertificate> {
  const [certFile, keyFile] = [join(world.host.dir, 'runner.crt'), join(world.host.dir, 'runner.key')];
  const renew = async (name: string): Promise<void> => {
    const { cert, key } = await world.gitlab.issueClientCertificate(name);
    await writeFile(certFile, cert);
    await writeFile(keyFile, key, { mode: 0o600 });
  };
  await renew(RUNNERS_NAME);
  return { config: { clientCertificate: { certFile, keyFile } }, renew };
}

/** What GitLab was shown on the connection by which a request came. */
export const shownWith = (evidence: Evidence, { connection }: Exchange): EventOf<'client-certificate'> | undefined =>
  evidence.of('client-certificate').find((each) => each.peer === 'gitlab' && each.connection === connection);
