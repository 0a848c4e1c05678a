import { expect, it } from 'vitest';
import { gitConfigReader } from '../../../harness/diagnosis/documents/git-config.ts';

const entries = (text: string, path = '.gitconfig') =>
  gitConfigReader
    .read({ file: path, path, text, skipped: 0 })
    .flatMap((each) => (each.kind === 'git-config' ? each.entries : []));

it('reads sections, subsections, remarks, quotation marks and lines that go on', () => {
  expect(
    entries(
      '[HTTP]\n\tProxy = "http://u;p@h:1" ; remark\n[http "https://x/"]\n\tproxy = ""\n[url "https://a/"] insteadOf = git@a:\n[alias]\n\tx = a \\\nb\n\ty\n',
    ),
  ).toEqual([
    { file: '.gitconfig', line: 2, section: 'http', subsection: undefined, key: 'proxy', value: 'http://u;p@h:1' },
    { file: '.gitconfig', line: 4, section: 'http', subsection: 'https://x/', key: 'proxy', value: '' },
    { file: '.gitconfig', line: 5, section: 'url', subsection: 'https://a/', key: 'insteadof', value: 'git@a:' },
    { file: '.gitconfig', line: 7, section: 'alias', subsection: undefined, key: 'x', value: 'a b' },
    { file: '.gitconfig', line: 9, section: 'alias', subsection: undefined, key: 'y', value: '' },
  ]);
});

it('reads what git config --list prints', () => {
  const text = 'file:/etc/gitconfig\thttp.proxy=http://h:1\nhttp.https://x.y/.sslverify=false\n';
  expect(entries(text, 'git.txt')).toMatchObject([
    { section: 'http', key: 'proxy', value: 'http://h:1', line: 1 },
    { section: 'http', subsection: 'https://x.y/', key: 'sslverify' },
  ]);
  expect(gitConfigReader.knows({ file: 'x', path: 'x', text, skipped: 0 })).toBe(2);
});

it('leaves other files alone', () => {
  for (const text of [
    '[submodule "a"]\n\turl = x\n',
    'HTTP_PROXY=http://a.b=c\n',
    '[Service]\nEnvironment=a\n',
    'server.port=80\n',
  ])
    expect(gitConfigReader.knows({ file: 'x', path: 'x', text, skipped: 0 })).toBe(0);
});
