import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The shell executor runs `bash -l`, which reads the machine's /etc/profile: where that sets a proxy, every job would
 * have it, whatever the case says. So the case's own profile, which is read after it, puts the proxy variables back to
 * what the process was started with. It holds no values, hence no secrets.
 */
const LOGIN_PROFILE = `unset http_proxy https_proxy ftp_proxy all_proxy no_proxy
unset HTTP_PROXY HTTPS_PROXY FTP_PROXY ALL_PROXY NO_PROXY
if [ -r /proc/$$/environ ]; then
  while IFS= read -r -d '' proxyproof_entry; do
    case "\${proxyproof_entry%%=*}" in
      http_proxy|https_proxy|ftp_proxy|all_proxy|no_proxy|HTTP_PROXY|HTTPS_PROXY|FTP_PROXY|ALL_PROXY|NO_PROXY)
        export "$proxyproof_entry" ;;
    esac
  done < /proc/$$/environ
  unset proxyproof_entry
fi
`;

/** Writes it where bash looks first. @param home HOME of the runner */
export async function writeLoginProfile(home: string): Promise<void> {
  await writeFile(join(home, '.bash_profile'), LOGIN_PROFILE, { mode: 0o600 });
}
