/** The calendar day here, `YYYY-MM-DD`. Only for what is offered: whether it can be done is the API's to say. */
export const today = (): string => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
