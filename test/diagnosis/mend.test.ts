import { describe, expect, it } from 'vitest';
import { type Bundle, diagnose, type FoundCause, mend, openBundle } from '../../harness/diagnosis/index.ts';
import { corpus } from './_corpus.ts';

const grave = (findings: readonly FoundCause[]): readonly FoundCause[] =>
  findings.filter(({ severity }) => severity !== 'note');
const isMendable = ({ remedy }: FoundCause): boolean => (remedy.edits?.length ?? 0) > 0;
const brief = ({ cause, file, line }: FoundCause): string => `${cause} ${file}:${line}`;
const textOf = ({ files }: Bundle, file: string): string =>
  String(files.find(({ name }) => name === file)?.bytes ?? '');
const asBundle = (name: string, text: string): Bundle => ({ files: [{ name, bytes: Buffer.from(text) }], unread: [] });

describe('mend', () => {
  it.each(corpus('cases').filter(({ clean }) => !clean))('$name: what has a certain remedy is mended', async (each) => {
    const before = await openBundle(each.files);
    const { bundle, mended, left } = mend(before);
    const rest = grave(left.findings);
    expect(rest.filter(isMendable).map(brief)).toEqual([]);
    expect(diagnose(bundle).findings.map(brief)).toEqual(left.findings.map(brief));
    // One that is mended may show another, which stood behind it.
    const mendable = grave(diagnose(before).findings).filter(isMendable);
    expect(mended.length).toBeGreaterThanOrEqual(new Set(mendable.map(({ cause }) => cause)).size);
  });

  it('mends one after the other, and what comes of it is checked', () => {
    const { bundle, mended, left } = mend(
      asBundle(
        'etc/systemd/system/docker.service.d/proxy.conf',
        '[service]\r\nEnvironment=HTTP_PROXY=http//proxy.corp.example:8080\r\nEnvironment=HTTPS_PROXY=http://proxy.corp.example:8080',
      ),
    );
    expect(mended.map(({ cause }) => cause)).toEqual(['systemd/wrong-section', 'value/scheme-misspelled']);
    expect(grave(left.findings)).toEqual([]);
    expect(textOf(bundle, 'etc/systemd/system/docker.service.d/proxy.conf')).toBe(
      '[Service]\r\nEnvironment=HTTP_PROXY=http://proxy.corp.example:8080\r\nEnvironment=HTTPS_PROXY=http://proxy.corp.example:8080',
    );
  });

  it('leaves alone what is right', () => {
    const right = asBundle(
      'daemon.json',
      '{"proxies": {"http-proxy": "http://p.example:1", "https-proxy": "http://p.example:1"}}',
    );
    expect(mend(right)).toMatchObject({ bundle: right, mended: [] });
  });
});
