import { placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

export const daemonKeysCause: Cause = {
  id: 'docker-config/daemon-keys',
  severity: 'error',
  title: 'config.json has proxies as daemon.json has them, and the CLI drops the whole file.',
  seen: 'http-proxy, or any text, directly below proxies in config.json. The CLI wants an object there for each daemon, such as default.',
  fix: 'Write "proxies": { "default": { "httpProxy": …, "httpsProxy": …, "noProxy": … } }.',
  symptoms: ['cannot unmarshal string into Go struct field ConfigFile.proxies', 'Error loading config file'],
  find: (picture) =>
    picture.all('docker-cli').flatMap(({ proxies }) => {
      const wrong = proxies.find(({ isObject }) => !isObject);
      if (!wrong) return [];
      return [
        {
          ...placeOf(wrong),
          at: `"${wrong.daemon}"`,
          says: `Directly below proxies the CLI wants the name of a daemon, such as default, with an object. With ${wrong.daemon} there it drops the whole file: no proxies, and no logins.`,
          remedy: remedy('Write "proxies": { "default": { "httpProxy": …, "httpsProxy": …, "noProxy": … } }.'),
        },
      ];
    }),
};
