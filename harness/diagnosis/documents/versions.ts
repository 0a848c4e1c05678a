import type { Piece, Program, Reader, VersionsDocument } from './document.ts';

type Told = readonly [pattern: RegExp, programs: readonly Program[]];

const V = String.raw`v?(\d+\.\d+(?:\.\d+)*)`;
/** Lines that tell the version of a program: of the program itself, of dpkg, rpm, or in somebody's own words. */
const TOLD: readonly Told[] = [
  [new RegExp(String.raw`\bDocker version ${V}`, 'i'), ['docker-cli', 'docker']],
  [new RegExp(String.raw`\bdocker-(?:ce|ee)-cli\b\D{0,12}?(?:\d+:)?${V}`, 'i'), ['docker-cli']],
  [
    new RegExp(
      String.raw`\b(?:docker-(?:ce|ee|engine)|docker\.io|dockerd|docker (?:engine|daemon|server))\b\D{0,12}?(?:\d+:)?${V}`,
      'i',
    ),
    ['docker'],
  ],
  [new RegExp(String.raw`^\W*docker\b[\s:=|(-]*(?:version\b)?[\s:=|(-]*${V}`, 'i'), ['docker-cli', 'docker']],
  [new RegExp(String.raw`\bgitlab[- ]runner\b(?:\s+version)?[\s:=|(-]*${V}`, 'i'), ['gitlab-runner']],
  [/^\W*systemd[\s:=|(-]*(?:version\b)?[\s:=|(-]*v?(\d{3})\b/i, ['systemd']],
  [/^ii\s+systemd\s+(\d{3})\b/, ['systemd']],
  [new RegExp(String.raw`\bcntlm\b(?:\s+version)?[\s:=|(-]*${V}`, 'i'), ['cntlm']],
  [new RegExp(String.raw`\bgit(?:\s+version)?[\s:=|(]+${V}`, 'i'), ['git']],
  [new RegExp(String.raw`\bsquid(?: cache)?\b\D{0,12}?${V}`, 'i'), ['squid']],
];

/** `docker version`, `gitlab-runner --version`, or a list of versions. */
export const versionsReader: Reader = {
  title: 'versions of programs',
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    if (isOfRunner(head)) return 3;
    if (isDockerVersion(head)) return 3;
    const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '');
    const told = lines.filter((line) => line.length < 300 && TOLD.some(([pattern]) => pattern.test(line))).length;
    if (told === 0 || lines.length > 400) return 0;
    if (/(?:^|[/_.-])(?:versions?|packages|dpkg|rpm)(?:[_.-]|$)/i.test(path)) return 3;
    return told >= lines.length * 0.6 ? 1 : 0;
  },
  read: (piece) => [document(piece)],
};

const isOfRunner = (text: string): boolean =>
  /^[ \t]*Version:\s+v?\d+\.\d+/m.test(text) && /^[ \t]*Git revision:/m.test(text) && text.length < 8192;
const isDockerVersion = (text: string): boolean =>
  /^[ \t]*Client:/m.test(text) &&
  /^[ \t]*API version:/m.test(text) &&
  !/^[ \t]*Server Version:/m.test(text) &&
  text.length < 16_384;

function document(piece: Piece): VersionsDocument {
  const { file, text, skipped } = piece;
  const runner = isOfRunner(text);
  const docker = isDockerVersion(text);
  let section: 'docker-cli' | 'docker' | undefined;
  const versions = text.split(/\r?\n/).flatMap((raw, index): VersionsDocument['versions'] => {
    if (raw.length > 1000) return [];
    const place = { file, line: skipped + index + 1 };
    if (docker && /^[ \t]*Client\b.*:/.test(raw)) section = 'docker-cli';
    if (docker && /^[ \t]*(?:Server\b.*:|Engine:)/.test(raw)) section = 'docker';
    // What comes with the engine has versions of its own.
    if (docker && /^[ \t]*(?:containerd|runc|docker-init|rootlesskit|slirp4netns)\s*:/i.test(raw)) section = undefined;
    const plain = /^[ \t]*Version:\s+v?(\d+\.\d+(?:\.\d+)*)/.exec(raw)?.[1];
    if (plain !== undefined && section !== undefined) return [{ ...place, program: section, version: plain }];
    if (plain !== undefined && runner && !docker) return [{ ...place, program: 'gitlab-runner', version: plain }];
    for (const [pattern, programs] of TOLD) {
      const version = pattern.exec(raw)?.[1];
      if (version !== undefined) return programs.map((program) => ({ ...place, program, version }));
    }
    return [];
  });
  return { kind: 'versions', piece, versions };
}
