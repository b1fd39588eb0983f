global using Given = System.Collections.Generic.IReadOnlyDictionary<string, LatentConformance.Contract.Tensor>;
global using Grids = System.Collections.Generic.IReadOnlyDictionary<string, LatentConformance.Mistakes.Grid>;
