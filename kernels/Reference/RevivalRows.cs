using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Row i of worker s is number s·N + i of the joined batch. Draw m of head h is number ⌊u_0hm · S N⌋ of head h's rows, the
// same on every worker: worker 0 draws and the others are told, or their codebooks part.
public sealed partial class ReferenceKernels
{
    public (Tensor? Rows, Tensor? Indices) RevivalRows(Tensor z, Tensor uniforms)
    {
        var (workers, heads, rows, width) = (z.Shape[0], z.Shape[1], z.Shape[2], z.Shape[3]);
        if (uniforms.Shape[0] != workers || uniforms.Shape[1] != heads)
        {
            throw new RefusalException($"uniforms {Tensor.Show(uniforms.Shape)} for {workers} workers and {heads} heads");
        }

        RefuseUnlessRows(workers * rows, uniforms);
        var draws = uniforms.Shape[2];
        double[] all = [.. uniforms.ToDoubles().Select(Uniform)];
        var told = new Tensor(uniforms.Shape.ToArray(), [.. all.Select((_, i) => all[i % (heads * draws)])]);
        var indices = Drawn(told, Numbers(0, workers * rows));
        return (
            Answers.Floats([workers, heads, draws, width], Answers.Each(indices.Count * width, i =>
            {
                var (head, row) = (i / width / draws % heads, (int)indices.Int64[i / width]);
                var place = (((row / rows * heads) + head) * rows) + (row % rows);
                return z[(place * width) + (i % width)];
            })),
            indices);
    }
}
