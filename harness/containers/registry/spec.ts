import type { ImageName } from '../spec.ts';

/** The declaration of a container registry: the real distribution registry, behind a recording front. */
export interface RegistrySpec {
  /** Serves https with a certificate of the run's private CA. */
  readonly tls?: boolean;
  /**
   * Who may do what: everybody everything, or whoever has a token that the mock GitLab issues, by default.
   */
  readonly auth?: 'token' | 'none';
  /** What it holds from the start: copies of our images, by repository name and tag; `latest` by default. */
  readonly holds?: readonly { readonly repository: string; readonly image: ImageName; readonly tag?: string }[];
}
