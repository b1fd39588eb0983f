namespace LatentConformance.Torch;

// Row i of worker s is number s·N + i of the joined batch; draw m of head h is number ⌊u_0hm · S N⌋ of head h's rows, the same on
// every worker: each drawing for itself, their codebooks would part. Rows are fetched from where they lie; the batch is not joined.
public static class RevivalRows
{
    [Kernel("revival_rows")]
    public static (Tensor Rows, Tensor Indices) Forward(Tensor z, Tensor uniforms)
    {
        var (workers, heads, rows, width) = (z.shape[0], z.shape[1], z.shape[2], z.shape[3]);
        if (uniforms.shape[0] != workers || uniforms.shape[1] != heads)
        {
            throw new RefusalException($"uniforms {Shapes.Show(uniforms)} for {workers} workers and {heads} heads");
        }

        if (workers * rows == 0 && uniforms.numel() > 0)
        {
            throw new RefusalException("there are no rows to draw from");
        }

        var indices = Draws.Of(uniforms.select(0, 0), workers * rows);
        var head = arange(heads, dtype: int64, device: z.device).unsqueeze(-1);
        var places = (((indices.div(rows, RoundingMode.floor) * heads) + head) * rows) + indices.remainder(rows);
        var drawn = z.detach().flatten(0, 2).index_select(0, places.flatten()).reshape(heads, uniforms.shape[2], width);
        return (drawn.expand(workers, -1, -1, -1), indices.expand(workers, -1, -1));
    }
}
