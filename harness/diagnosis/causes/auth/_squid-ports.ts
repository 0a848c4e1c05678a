import type { SquidConfDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';

type Directive = SquidConfDocument['directives'][number];

/** An acl of ports that squid asks of every CONNECT, of all its lines. */
export interface PortRule {
  readonly name: string;
  readonly lines: readonly Directive[];
  /** Whether it has a port; undefined where a file that was not handed over has them. */
  readonly has: (port: number) => boolean | undefined;
  /** The line that names a port. */
  readonly naming: (port: number) => Directive | undefined;
}

/** The acls that `http_access deny CONNECT !NAME` and `deny !NAME` want of a port (squid.conf, “acl aclname port”). */
export function portRulesOf(picture: Picture): readonly PortRule[] {
  const directives = picture.all('squid-conf').flatMap((document) => document.directives);
  const acls = Map.groupBy(
    directives.filter(({ key, value }) => key === 'acl' && /^\S+\s+port\b/.test(value)),
    ({ value }) => value.split(/\s+/)[0] ?? '',
  );
  const denied = directives
    .filter(({ key, value }) => key === 'http_access' && /^deny\s+(?:CONNECT\s+)?!\S+$/.test(value))
    .flatMap(({ value }) => /!(\S+)$/.exec(value)?.[1] ?? []);
  // A part of a file may not have the rule.
  const names =
    denied.length > 0 ? new Set(denied) : new Set([...acls.keys()].filter((name) => /^SSL_ports$/i.test(name)));
  return [...names].flatMap((name) => {
    const lines = acls.get(name) ?? [];
    if (lines.length === 0) return [];
    return [
      {
        name,
        lines,
        has: (port: number) => has(lines, port),
        naming: (port: number) => lines.find((line) => isIn(line, port)),
      },
    ];
  });
}

/** The ports that a line names: as in `443`, `1025-65535`, or a list of both. */
const portsIn = ({ value }: Directive): readonly string[] => value.split(/\s+/).slice(2);

const isIn = (line: Directive, port: number): boolean =>
  portsIn(line).some((each) => {
    const [from = Number.NaN, to = from] = each.split('-').map(Number);
    return from <= port && port <= to;
  });

const has = (lines: readonly Directive[], port: number): boolean | undefined =>
  lines.some((line) => isIn(line, port)) ||
  (lines.flatMap(portsIn).some((each) => each.startsWith('"')) ? undefined : false);
