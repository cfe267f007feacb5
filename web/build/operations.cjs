// For `openapi-typescript`: types are taken from the document's schemas and paths. Names of
// operations are not used, and handlers of different words may bear the same one.
module.exports = () => ({
  id: 'operations',
  decorators: {
    oas3: {
      unnamed: () => ({
        Operation: {
          leave(operation) {
            delete operation.operationId;
          },
        },
      }),
    },
  },
});
