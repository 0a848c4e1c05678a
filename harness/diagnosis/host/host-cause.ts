/** Why a step of the page had no effect. */
export interface HostCause {
  /** Of the catalogue; or, where the page asks for more than its absence would break anywhere, `page/` and what is left out. */
  readonly id: string;
  /** What is wrong, where, and what to do: sentences. */
  readonly says: string;
}
