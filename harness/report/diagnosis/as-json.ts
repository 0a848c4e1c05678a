import {
  type Diagnosis,
  type Edit,
  type HostRoute,
  isGrave,
  type Reach,
  reachOf,
  routesOf,
  takesEffect,
  type Unread,
} from '../../diagnosis/index.ts';
import { joinHostPort, maskedUrl } from '../../url/index.ts';
import { maskedValue, maskOf } from './mask.ts';

/** A diagnosis as `check --json` prints it; without a password, whatever the files have. */
export function diagnosisAsJson(diagnosis: Diagnosis): object {
  const { picture } = diagnosis;
  const mask = maskOf(diagnosis);
  return {
    findings: diagnosis.findings.map(({ cause, severity, file, line, says, remedy, runner }) => ({
      cause,
      severity,
      file,
      ...(line === undefined ? {} : { line }),
      says: mask(says),
      remedy: {
        says: mask(remedy.says),
        ...(remedy.edits ? { edits: remedy.edits.map((edit) => ({ ...edit, to: mask(edit.to) })) } : {}),
        ...effectOf(diagnosis, remedy.edits ?? []),
      },
      ...(runner === undefined ? {} : { runner: mask(runner) }),
    })),
    picture: {
      settings: picture.settings.map(({ name, value, variable, scope, effective, file, line }) => ({
        name,
        // A blank does not end a password here: the value is one URL, or a list.
        value: mask(variable === 'NO_PROXY' ? value : maskedUrl(value)),
        of: scope.of,
        ...('unit' in scope ? { unit: scope.unit } : {}),
        ...('runner' in scope ? { runner: mask(scope.runner.name) } : {}),
        effective,
        file,
        line,
      })),
      gitlab: maskedValue(picture.gitlabHosts, mask),
      routes: routesOf(picture).map((route) => maskedValue(routeAsJson(route), mask)),
    },
    read: diagnosis.read,
    unread: maskedValue(diagnosis.unread, mask) satisfies readonly Unread[],
    asks: maskedValue(diagnosis.asks, mask),
    ...(diagnosis.findings.some(isGrave) ? {} : { reach: reachAsJson(reachOf(picture)) }),
  };
}

function effectOf({ picture }: Diagnosis, edits: readonly Edit[]): { readonly effect?: string } {
  const effect = takesEffect(picture, edits);
  return effect === undefined ? {} : { effect };
}

function reachAsJson(reach: Reach): object {
  const at = reach.kind === 'succeeded' ? reach.at : reach.kind === 'unexplained' ? reach.first : undefined;
  return { kind: reach.kind, ...(at ? { file: at.file, line: at.line } : {}) };
}

function routeAsJson({ actor, host, choice, because }: HostRoute): object {
  return {
    actor,
    host,
    via: choice?.via ?? 'unknown',
    ...(choice?.via === 'proxy' ? { proxy: joinHostPort(choice.proxy.host, choice.proxy.port) } : {}),
    ...(because ? { because: { name: because.name, file: because.file, line: because.line } } : {}),
  };
}
