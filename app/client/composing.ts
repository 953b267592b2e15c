/** Whether a key is an input method's, which makes letters of it. Safari says so of the Enter that ends it by 229 alone. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.isComposing || event.keyCode === 229;
}
