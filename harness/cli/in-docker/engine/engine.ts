import type Docker from 'dockerode';

/** The engine of a user, which answers and can carry the harness. */
export interface UserEngine {
  readonly docker: Docker;
  /** Which it is and how it was found, as half a sentence. */
  readonly description: string;
  /** What of the engine decides how a container is made. */
  readonly needs: ContainerNeeds;
}

/** What a container of the harness needs on some engine. */
export interface ContainerNeeds {
  /** The engine has a network that containers get without being told. */
  readonly bridge: boolean;
  /** Control groups are of version 2, where a container can have a hierarchy of its own. */
  readonly ownControlGroups: boolean;
  /** The engine maps the users of containers, which those with all privileges must be taken out of. */
  readonly mapsUsers: boolean;
}
