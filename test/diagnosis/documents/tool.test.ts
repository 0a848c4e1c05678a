import { expect, it } from 'vitest';
import { toolReader } from '../../../harness/diagnosis/documents/tool.ts';

const read = (path: string, text: string) =>
  toolReader
    .read({ file: path, path, text, skipped: 0 })
    .flatMap((each) =>
      each.kind === 'tool' ? each.entries.map(({ key, value, line }) => [each.tool, key, value, line]) : [],
    );

it.each([
  [
    '.npmrc',
    '; x\nproxy=http://h:1\nhttps-proxy = "http://h:2"\n',
    [
      ['npm', 'proxy', 'http://h:1', 2],
      ['npm', 'https-proxy', 'http://h:2', 3],
    ],
  ],
  ['etc/pip.conf', '[global]\nproxy = http://h:1\n', [['pip', 'global.proxy', 'http://h:1', 2]]],
  [
    'etc/apt/apt.conf.d/99proxy',
    '// no\nAcquire::http::Proxy "http://h:1";\nAcquire {\n  https { Proxy "DIRECT"; }\n}\n',
    [
      ['apt', 'Acquire::http::Proxy', 'http://h:1', 2],
      ['apt', 'Acquire::https::Proxy', 'DIRECT', 4],
    ],
  ],
  ['.wgetrc', 'https_proxy = http://h:1/\n', [['wget', 'https_proxy', 'http://h:1/', 1]]],
  [
    '.curlrc',
    'proxy = "http://h:1"\n--noproxy a,b\n',
    [
      ['curl', 'proxy', 'http://h:1', 1],
      ['curl', 'noproxy', 'a,b', 2],
    ],
  ],
  [
    'settings.xml',
    '<settings>\n<!-- <proxy><host>no</host>\n</proxy> -->\n<proxies><proxy>\n<host>h</host><port>1</port>\n</proxy></proxies></settings>',
    [
      ['maven', 'proxy.1.host', 'h', 5],
      ['maven', 'proxy.1.port', '1', 5],
    ],
  ],
  ['gradle.properties', 'systemProp.https.proxyHost=h\n', [['gradle', 'systemProp.https.proxyHost', 'h', 1]]],
  [
    '.gitmodules',
    '[submodule "lib"]\n\turl = git@github.com:a/b.git\n',
    [['gitmodules', 'submodule.lib.url', 'git@github.com:a/b.git', 2]],
  ],
  [
    '.ssh/config',
    'Host github.com\n  ProxyCommand nc -X connect h %p\n',
    [
      ['ssh', 'host', 'github.com', 1],
      ['ssh', 'proxycommand', 'nc -X connect h %p', 2],
    ],
  ],
])('reads %s', (path, text, expected) => {
  expect(read(path, text)).toEqual(expected);
});

it('ends with a file of nothing but braces and tags', () => {
  const before = performance.now();
  read('apt.conf', '{'.repeat(500_000));
  read('apt.conf', 'a'.repeat(500_000));
  read('settings.xml', '<proxy>'.repeat(200_000));
  read('settings.xml', '<!--'.repeat(200_000));
  expect(performance.now() - before).toBeLessThan(2000);
});
