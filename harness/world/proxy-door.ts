/** The listener through which a subject in a namespace reaches a proxy. */
export interface ProxyDoor extends AsyncDisposable {
  /** From now on connections are refused. */
  close(): void;
  open(): Promise<void>;
}
