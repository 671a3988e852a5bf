/**
 * The local calendar day, `YYYY-MM-DD`. It only decides which actions are offered; the API decides whether they are
 * allowed.
 */
export const today = (): string => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
