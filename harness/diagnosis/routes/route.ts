import type { Choice } from '../../clients/choice.ts';
import type { ClientId } from '../../clients/index.ts';
import type { Place } from '../documents/document.ts';

/** A variable of a program with the line that sets it. */
export interface Given extends Place {
  readonly name: string;
  readonly value: string;
}

/** A program on the customer's machine, or in a job, that asks for hosts. */
export interface Actor {
  /** Such as `gitlab-runner`, or `git in jobs of builds`. */
  readonly name: string;
  /** The job that it is a part of, where .gitlab-ci.yml tells. */
  readonly job?: string;
  /** Whose rules it goes by. */
  readonly client: ClientId;
  /** What it is given, the one that counts of each name. */
  readonly given: readonly Given[];
  /** What it asks for, as URLs. */
  readonly asks: readonly string[];
  /** Whether a file that would give it a proxy is among those that were read. */
  readonly isTold: boolean;
}

/** How a program goes to a host. */
export interface HostRoute {
  readonly actor: string;
  /** With its port. */
  readonly host: string;
  /** Undefined where no file tells: what would give the program a proxy was not handed over. */
  readonly choice: Choice | undefined;
  /** The line by which it is so; undefined where no file says anything. */
  readonly because: Given | undefined;
  /** The list of hosts to be spared that the program is given, and whether it was meant to have this one. */
  readonly list?: Given & { readonly isMeant: boolean };
}
