export interface Gate {
  /** Resolves once it is opened. */
  opened: Promise<void>;
  open(): void;
}

/** Something that waits until the test says so, instead of for a time. */
export function newGate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => { open = resolve; });
  return { opened, open };
}
