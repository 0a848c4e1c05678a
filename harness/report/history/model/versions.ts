/** The three numbers of a release in what a runner says of its version; undefined where it has none. */
function numbersOf(version: string): readonly number[] | undefined {
  const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim());
  return found ? found.slice(1).map(Number) : undefined;
}

/** A version, and when it was run, the first time first. */
interface AgedVersion {
  readonly version: string;
  readonly runs: readonly string[];
}

/** The older version first; of two builds without a number the one that was run earlier. */
export function byAge(a: AgedVersion, b: AgedVersion): number {
  const isNumbered = numbersOf(a.version) !== undefined || numbersOf(b.version) !== undefined;
  const [one, other] = [a, b].map(({ runs: [first = ''] }) => first) as [string, string];
  return (isNumbered || one === other ? 0 : one < other ? -1 : 1) || compareVersions(a.version, b.version);
}

/**
 * The older version first. A build without a number is taken for newer than every release, a pre-release comes before
 * the release that it leads to.
 */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [numbersOf(a), numbersOf(b)];
  if (!one || !other) return Number(!one) - Number(!other) || (a < b ? -1 : Number(a > b));
  const differs = one.findIndex((number, index) => number !== other[index]);
  if (differs >= 0) return (one[differs] ?? 0) - (other[differs] ?? 0);
  const [isOnePre, isOtherPre] = [isPre(a), isPre(b)];
  return isOnePre === isOtherPre ? byNumbers.compare(a, b) : isOnePre ? -1 : 1;
}

/** `18.9.0~pre.2` before `18.9.0~pre.10`. */
const byNumbers = new Intl.Collator('en', { numeric: true });

const isPre = (version: string): boolean => /^v?\d+\.\d+\.\d+./.test(version.trim());

/**
 * Says whether a version is what somebody has asked for: `18`, `18.3`, `>=18`, `<18.3`, `17.10..18.2`. Only the numbers
 * that were named are compared, so `<=18` includes 18.11.4, and `>18` begins with 19.
 * @returns undefined for what is no such wish
 */
export function versionTest(wish: string): ((version: string) => boolean) | undefined {
  const range = /^([\d.]+)\.\.([\d.]+)$/.exec(wish);
  if (range) {
    const [from, to] = [versionTest(`>=${range[1]}`), versionTest(`<=${range[2]}`)];
    return from && to && ((version) => from(version) && to(version));
  }
  const [, sign = '', named = ''] = /^(>=|<=|>|<|=)?v?(\d+(?:\.\d+){0,2})$/.exec(wish) ?? [];
  if (named === '') return undefined;
  const wanted = named.split('.').map(Number);
  const holds = SIGNS[sign];
  return holds && ((version) => holds(against(version, wanted)));
}

const SIGNS: Readonly<Record<string, (order: number) => boolean>> = {
  '': (order) => order === 0,
  '=': (order) => order === 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
};

function against(version: string, wanted: readonly number[]): number {
  // A profile's name has two numbers.
  const numbers = numbersOf(version) ?? numbersOf(`${version}.0`);
  if (!numbers) return 1;
  const differs = wanted.findIndex((number, index) => number !== numbers[index]);
  return differs < 0 ? 0 : (numbers[differs] ?? 0) - (wanted[differs] ?? 0);
}
