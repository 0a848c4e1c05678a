import { describe, expect, it } from 'vitest';
import { type Table, unpacker } from '../../harness/report/html/browser/unpack.ts';
import { Sharing } from '../../harness/report/html/sharing.ts';

function throughThePage(values: readonly unknown[]): unknown[] {
  const sharing = new Sharing();
  const taken = values.map((each) => sharing.add(each));
  const texts = taken.map((each) => sharing.write(each));
  const unpack = unpacker(JSON.parse(sharing.table()) as Table);
  return texts.map((text) => unpack(JSON.parse(text)));
}

const HEADERS = [
  ['Host', 'gitlab.test:8080'],
  ['User-Agent', 'gitlab-runner 14.10.1'],
];

describe('what a page shares', () => {
  it('comes out as it went in', () => {
    const values = [
      { t: 1, headers: HEADERS, deep: { headers: HEADERS, none: null, yes: true, no: false } },
      { t: -1.5, headers: HEADERS, deep: { headers: HEADERS, none: null, yes: true, no: false } },
      { list: [[], {}, [-1, -2, 0], '-1', '', 'a long text that occurs twice', 'a long text that occurs twice'] },
      'a long text that occurs twice',
      [0, 1, 2],
      -7,
      null,
    ];
    expect(throughThePage(values)).toEqual(values);
  });

  it('takes hostile names and texts for names and texts', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":"x","a,b":["\\u2028</script>","#1","[0,1]"]}',
    );
    const [first] = throughThePage([hostile, hostile]);
    expect(JSON.stringify(first)).toBe(JSON.stringify(hostile));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(throughThePage([{ a: 1, b: undefined }])).toEqual([{ a: 1 }]);
  });

  it('writes what occurs often only once', () => {
    const sharing = new Sharing();
    const taken = Array.from({ length: 50 }, (_, index) => sharing.add({ index, headers: HEADERS }));
    const texts = taken.map((each) => sharing.write(each)).join('');
    expect(texts).not.toContain('gitlab.test');
    expect(texts.length).toBeLessThan(50 * 12);
    expect(sharing.table().split('gitlab.test:8080')).toHaveLength(2);
  });
});
