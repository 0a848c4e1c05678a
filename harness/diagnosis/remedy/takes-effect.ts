import type { Edit } from '../causes/cause.ts';
import type { Document } from '../documents/document.ts';
import type { Picture } from '../picture/picture.ts';
import { serviceName } from '../service-name.ts';

/** What has to be done for a file that was changed. */
interface Step {
  readonly reload?: boolean;
  /** A service of the host. */
  readonly restart?: string;
  /** Anything else: half a sentence. */
  readonly also?: string;
  /** Why nothing need be done: half a sentence. */
  readonly byItself?: string;
}

/** What to do on the customer's side for edits to count, as one line; undefined where nobody needs to do anything. */
export function takesEffect(picture: Picture, edits: readonly Edit[]): string | undefined {
  const steps = edits.flatMap((edit) =>
    picture.documents.filter((each) => isIn(edit, each)).map((each) => stepFor(picture, each)),
  );
  const services = [...new Set(steps.flatMap(({ restart }) => restart ?? []))];
  const parts = [
    ...(steps.some(({ reload }) => reload) ? ['systemctl daemon-reload'] : []),
    ...(services.length > 0 ? [`systemctl restart ${services.join(' ')}`] : []),
    ...new Set(steps.flatMap(({ also }) => also ?? [])),
  ];
  if (parts.length > 0) return `For it to count: ${parts.join('; ')}.`;
  const reasons = [...new Set(steps.flatMap(({ byItself }) => byItself ?? []))];
  return reasons.length > 0 ? `Nothing need be restarted: ${reasons.join(', and ')}.` : undefined;
}

const isIn = ({ file, line }: Edit, { piece }: Document): boolean =>
  piece.file === file && line > piece.skipped && line <= piece.skipped + piece.text.split('\n').length;

function stepFor(picture: Picture, document: Document): Step {
  switch (document.kind) {
    case 'unit':
      if (document.role === 'manager') return { also: 'systemctl daemon-reexec, and a restart of the services' };
      return { reload: true, ...restartOf(serviceName(document.unit)) };
    case 'env-file': {
      const { scope } = picture.settings.find(({ file }) => file === document.piece.file) ?? {};
      if (scope?.of === 'service') return restartOf(scope.unit);
      return scope?.of === 'shell' ? { also: 'log in again' } : {};
    }
    case 'cntlm':
      return { restart: 'cntlm' };
    case 'daemon-json':
      return { restart: 'docker' };
    case 'squid-conf':
      return { also: 'squid -k reconfigure' };
    case 'ci':
      return { also: `push ${document.piece.file.split('/').at(-1)} and run the job again` };
    case 'config-toml':
      return { byItself: 'gitlab-runner reads config.toml again by itself' };
    case 'docker-cli':
      return { byItself: 'docker reads config.json at every call' };
    default:
      return {};
  }
}

const restartOf = (unit: string): Step => (unit === '' ? { also: 'restart the service' } : { restart: unit });
