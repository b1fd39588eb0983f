using LatentConformance.Contract;
using LatentConformance.Reference;

namespace LatentConformance.Mistakes;

/// <summary>A wrong formula: from an operation's inputs to its outputs; what it leaves out is right.</summary>
internal delegate Grids Formula(Grids inputs);

/// <summary>What a mistake is called and how one knows it; its methods make of it the entries of the catalogue.</summary>
internal sealed record Wrong(string Id, string Name, string Symptom, string Mend, string? Source = null)
{
    /// <summary>The formula in the operation and, by differentiation, in its gradient: two entries, one definition.</summary>
    public Mistake[] Both(string operation, Formula formula) => [Value(operation, formula), Gradient(operation, formula)];

    /// <summary>Where only the value is wrong.</summary>
    public Mistake Value(string operation, Formula formula) => Answering(operation, inputs =>
    {
        var outputs = Catalogue.Standard.Find(operation)!.Outputs.ToDictionary(f => f.Name);
        return formula(Traces(inputs)).ToDictionary(o => o.Key, o => o.Value.ToTensor(outputs[o.Key]));
    });

    /// <summary>Where only the gradient is wrong: the formula's value may well be right.</summary>
    public Mistake Gradient(string operation, Formula formula) =>
        (this with { Name = Name + "-gradient" }).Answering(operation + Operation.GradientSuffix, inputs =>
        {
            var gradient = Catalogue.Standard.Find(operation + Operation.GradientSuffix)!;
            var traces = Traces(inputs);
            var outputs = formula(traces);
            Traced.Backward(
                from output in outputs
                where inputs.ContainsKey("d_" + output.Key)
                from i in Enumerable.Range(0, output.Value.Count)
                select (output.Value[i], inputs["d_" + output.Key][i % Math.Max(inputs["d_" + output.Key].Count, 1)]));
            return gradient.Outputs.ToDictionary(f => f.Name, f => traces[f.Name[2..]].Gradients());
        });

    /// <summary>By the outputs themselves. What the reference refuses this refuses too: it is wrong in one thing only.</summary>
    public Mistake Answering(string operation, Func<Given, Given> answer) => Entry(operation, inputs =>
    {
        Right(operation, inputs);
        return answer(inputs);
    });

    /// <summary>Right, but for answering what is to be refused.</summary>
    public Mistake Unrefused(string operation, Func<Given, Given> instead) => Entry(operation, inputs =>
    {
        try
        {
            return Right(operation, inputs);
        }
        catch (RefusalException)
        {
            return instead(inputs);
        }
    });

    /// <summary>The reference's answer to other inputs than were given.</summary>
    public Mistake Calling(string operation, Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> otherInputs) =>
        Answering(operation, inputs => Right(operation, otherInputs(new Dictionary<string, Tensor>(inputs))));

    /// <summary>The reference's answer with one output changed element by element.</summary>
    public Mistake Changing(string operation, string output, Func<double, double> change) => Answering(operation, inputs =>
        One(output, Map(Right(operation, inputs)[output], change)));

    /// <summary>The operation as the reference has it, under its house conventions.</summary>
    public static Dictionary<string, Tensor> Right(string operation, Given inputs) =>
        Catalogue.Standard.Find(operation)!.Invoke(new ReferenceKernels(), inputs);

    public static Dictionary<string, Tensor> One(string name, Tensor tensor) => new() { [name] = tensor };

    public static Tensor Map(Tensor tensor, Func<double, double> change) =>
        Tensor.Of(tensor.DType, tensor.Shape.ToArray(), [.. tensor.ToDoubles().Select(change)]);

    private Mistake Entry(string operation, Func<Given, Given> answer) => new(Id, Name, operation, Symptom, Mend, answer, Source);

    private static Dictionary<string, Grid> Traces(Given inputs) => inputs.ToDictionary(i => i.Key, i => new Grid(i.Value));
}
