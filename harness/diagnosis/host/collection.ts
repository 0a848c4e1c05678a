import { isLoopback } from '../../clients/address.ts';
import type { Evidence } from '../../ledger/index.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { textOf } from '../bundle/text-of.ts';
import { diagnose } from '../diagnose.ts';
import type { Picture } from '../picture/picture.ts';

/** Begins the name of the mark of a file that was collected. */
const MARK = 'collected:';

/** What was collected on a machine, as marks for the record: each file, with its text. */
export const collectionMarks = ({ files }: Bundle): readonly (readonly [name: string, text: string])[] =>
  files.flatMap(({ name, bytes }) => {
    const text = textOf(bytes);
    return text === undefined ? [] : [[`${MARK}${name}`, text] as const];
  });

/** What the record has of a collection. What the ledger hid is another word, and not the mark that it left. */
export const collected = (evidence: Evidence): Bundle => ({
  files: evidence.of('act').flatMap(({ mark, what }) => {
    if (!mark?.startsWith(MARK)) return [];
    return [{ name: mark.slice(MARK.length), bytes: Buffer.from(what.replaceAll(/«[^»]*»/g, 'redacted')) }];
  }),
  unread: [],
});

/** What a service has in its environment, by systemd's word and by its process. */
export interface ServiceEnvironment {
  /** The line that `systemctl show --property=Environment` prints. */
  readonly shown: string;
  readonly running: ReadonlyMap<string, string>;
}

/** What a collection tells of its machine. */
export const machineOf = (evidence: Evidence): Picture => diagnose(collected(evidence)).picture;

/** What was collected of a service's environment; of the process the proxy variables alone. */
export function serviceEnvironment(picture: Picture, service: 'docker' | 'gitlab-runner'): ServiceEnvironment {
  const show = picture.all('show').find(({ unit }) => unit === `${service}.service`);
  const { value } = show?.properties.find(({ key }) => key === 'Environment') ?? {};
  const running = picture
    .all('env-file')
    .filter(({ piece }) => piece.path === `environment-of-${service}.txt`)
    .flatMap(({ assignments }) => assignments.map((each) => [each.name, each.value] as const));
  return { shown: value === undefined ? '' : `Environment=${value}`, running: new Map(running) };
}

/** Where something listens that others than the machine itself can reach, as `address:port`. */
export const listeningAddresses = (picture: Picture): readonly string[] =>
  picture
    .all('sockets')
    .flatMap(({ listening }) => listening)
    .filter(({ address }) => !isLoopback(address))
    .map(({ address, port }) => `${address}:${port}`);

/** The parents that cntlm.conf names. */
export const parentsOf = (picture: Picture): readonly string[] =>
  picture
    .all('cntlm')
    .flatMap(({ settings }) => settings)
    .filter(({ key }) => key === 'proxy')
    .map(({ value }) => value);
