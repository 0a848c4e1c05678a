/**
 * The name in a distinguished name by which a person knows it: the common name, else the organisation's. It takes the spellings of
 * openssl (`C = US, CN = Name`, `/C=US/CN=Name`), of curl (`C=US; CN=Name`) and of Node (a line each).
 */
export function nameIn(distinguished: string): string {
  const part = (key: string): string | undefined =>
    new RegExp(`(?:^|[,;/\\n])\\s*${key}\\s*=\\s*(?:"([^"]+)"|([^,;/\\n]+))`, 'i')
      .exec(distinguished)
      ?.slice(1)
      .find((each) => each !== undefined);
  return (part('CN') ?? part('O') ?? distinguished).trim();
}
