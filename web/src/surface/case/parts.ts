// The seal and what is made of it: loaded once somebody works here.

export const parts = () =>
  Promise.all([import('../../onestop/desk'), import('../../onestop/device'), import('../../onestop/directory'), import('../../onestop/answer'), import('../../onestop/work'), import('../../seal/chance'), import('../../onestop/base64')])
    .then(([desk, device, directory, answer, laying, { browserChance }, base64]) => ({ desk, device, directory, answer, laying, chance: browserChance, base64 }));
