// The price of a line by the clock.

/** @template {{ ends?: string, then?: object }} L @param {L} line @param {number} now @returns {L} */
export const current = (line, now) =>
  // biome-ignore lint/suspicious/noThenProperty: a price, never called
  line.then && Date.parse(line.ends ?? "") <= now ? { ...line, ...line.then, ends: undefined, then: undefined } : line;
