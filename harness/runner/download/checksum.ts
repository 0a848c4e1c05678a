/**
 * Finds one file in a list as `sha256sum` writes it: `<digest>  <path>`, with `*` before the path for binary mode.
 * @param file path below the release, such as `binaries/gitlab-runner-linux-amd64`
 */
export function checksumOf(list: string, file: string): string | undefined {
  for (const line of list.split(/\r?\n/)) {
    const match = /^([0-9a-f]{64})\s+\*?(?:\.\/)?(\S+)\s*$/i.exec(line);
    if (match?.[2] === file) return match[1]?.toLowerCase();
  }
  return undefined;
}
