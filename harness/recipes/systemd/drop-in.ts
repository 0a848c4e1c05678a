/** The services of the page that get a drop-in, and where it goes. */
export type ProxiedService = 'docker' | 'gitlab-runner';

/** Path of the drop-in of a service: `/etc/systemd/system/SERVICE.service.d/http-proxy.conf`. */
export const dropInPath = (service: ProxiedService): string =>
  `/etc/systemd/system/${service}.service.d/http-proxy.conf`;

/**
 * A drop-in that sets variables, one `Environment=` line each, quoted as on the page. What systemd would take for a
 * specifier (%) or an escape (\) is written so that it does not.
 * Source: “Configuring Docker for downloading images”, “Adding Proxy variables to the GitLab Runner configuration”;
 * systemd.syntax(7), “Quoting”; systemd.unit(5), “Specifiers”.
 * @throws RangeError when a value holds a line break, which no unit file can
 */
export function dropIn(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (/[\n\r\0]/.test(value)) throw new RangeError(`${name} holds a line break, which a unit file cannot.`);
    return `Environment="${name}=${escaped(value)}"`;
  });
  return `${['[Service]', ...lines].join('\n')}\n`;
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%');
