import type { Assigned, Place } from '../../documents/document.ts';
import { isPublic } from '../../picture/hosts.ts';
import type { Picture } from '../../picture/picture.ts';
import { firstOf } from '../_first.ts';
import type { Cause } from '../cause.ts';

type Off = Place & { readonly at: string };

/** In a script or hook: git told so, or a variable exported. */
const IN_SCRIPT =
  /http(?:\.[^\s=]+)?\.sslverify[ =]["']?(?:false|0|off|no)\b|\bGIT_SSL_NO_VERIFY=|\bNODE_TLS_REJECT_UNAUTHORIZED=["']?0|strict-ssl[ =]["']?false/i;

export const verificationOffCause: Cause = {
  id: 'tls/verification-off',
  severity: 'warning',
  title: 'Certificates are not checked any more: whoever sits on the way can read and change everything.',
  seen: 'GIT_SSL_NO_VERIFY (with any value), http.sslVerify=false, NODE_TLS_REJECT_UNAUTHORIZED=0, strict-ssl=false, or insecure-registries with a public registry. Not an own registry there.',
  fix: "Trust the gateway's CA instead.",
  symptoms: ['GIT_SSL_NO_VERIFY', 'sslVerify false', 'NODE_TLS_REJECT_UNAUTHORIZED'],
  find: (picture) =>
    firstOf([...variables(picture), ...files(picture), ...scripts(picture)], ({ file, line }) => `${file}:${line}`).map(
      ({ file, line, at }) => ({
        file,
        line,
        at,
        says: `${at} switches the check of certificates off, so anybody on the way can read and change what goes through.`,
        remedy: {
          says: 'Take it away, and trust the CA of the gateway that opens TLS (tls-ca-file, NODE_EXTRA_CA_CERTS, http.sslCAInfo).',
        },
      }),
    ),
};

function variables(picture: Picture): readonly Off[] {
  const all: readonly Assigned[] = [
    ...picture.runners.flatMap(({ environment, services }) => [
      ...environment,
      ...services.flatMap((each) => each.environment),
    ]),
    ...picture.all('ci').flatMap((ci) => [...ci.variables, ...ci.jobs.flatMap((job) => job.variables)]),
    ...picture.all('env-file').flatMap(({ assignments }) => assignments),
    ...picture.all('unit').flatMap(({ assignments }) => assignments),
  ];
  return all.flatMap(({ name, value, file, line }) =>
    name === 'GIT_SSL_NO_VERIFY' || (name === 'NODE_TLS_REJECT_UNAUTHORIZED' && value.trim() === '0')
      ? [{ file, line, at: name }]
      : [],
  );
}

function files(picture: Picture): readonly Off[] {
  return [
    ...picture
      .all('git-config')
      .flatMap(({ entries }) =>
        entries.flatMap(({ section, key, value, file, line }) =>
          section === 'http' && /^sslverify$/i.test(key) && /^(?:false|0|off|no)$/i.test(value)
            ? [{ file, line, at: 'sslVerify' }]
            : [],
        ),
      ),
    ...picture
      .all('tool')
      .flatMap(({ tool, entries }) =>
        entries.flatMap(({ key, value, file, line }) =>
          tool === 'npm' && key === 'strict-ssl' && /^false$/i.test(value) ? [{ file, line, at: 'strict-ssl' }] : [],
        ),
      ),
    ...picture.all('daemon-json').flatMap(({ entries }) =>
      entries.flatMap(({ key, value, file, line }) => {
        if (!/^insecure-registries(?:[.[]|$)/.test(key)) return [];
        const open = (Array.isArray(value) ? value : [value]).find(
          (each): each is string => typeof each === 'string' && isPublic(each.split(/[:/]/)[0] ?? ''),
        );
        return open === undefined ? [] : [{ file, line, at: open }];
      }),
    ),
  ];
}

function scripts(picture: Picture): readonly Off[] {
  const lines = [
    ...picture.all('ci').flatMap(({ jobs }) => jobs.flatMap(({ script }) => script)),
    ...picture.runners.flatMap(({ hooks }) => hooks.map(({ file, line, script }) => ({ file, line, text: script }))),
  ];
  return lines.flatMap(({ file, line, text }) => {
    const at = IN_SCRIPT.exec(text)?.[0];
    return at === undefined || /^\s*#/.test(text) ? [] : [{ file, line, at }];
  });
}
