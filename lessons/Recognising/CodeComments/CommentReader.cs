namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Holds the comment of a statement against the value of it: it is checked, or believed where the code leaves it open.</summary>
internal sealed class CommentReader(string text)
{
    private readonly List<CommentCheck> checks = [];

    public IReadOnlyList<CommentCheck> Checks => checks;

    /// <param name="name">What gets the value; "" for return.</param>
    /// <param name="others">Names in the expression that are not it.</param>
    /// <returns>The value with what the comment adds to it.</returns>
    public Value Read(Token comment, string name, Value value, Scope scope, IReadOnlyCollection<string> others, bool isLiteral)
    {
        if (value is not (Tensor or Unknown or Quantity { IsNumber: false }))
        {
            return value;
        }

        var tensor = value as Tensor ?? new Tensor((Shape?)null) { IsFree = value.IsFree };
        var notes = ShapeNote.Read(text, comment.Start, comment.End, name.Length > 0 ? [name] : [], others, scope);
        var read = Shaped(name, tensor, isLiteral ? [.. notes.Where(n => n.IsWorded || !n.IsWhole)] : notes);
        read = Ranged(comment, read, scope, others);
        return read is { Shape: null, Range: null } ? value is Tensor ? (read.IsFree ? Unknown.Open : Unknown.Bound) : value : read;
    }

    /// <summary>What a comment says of a value that nothing is known of; null where it is not sure that it is a shape.</summary>
    public Shape? Believed(Token comment, IReadOnlyCollection<string> names, Scope scope, out string of)
    {
        var notes = ShapeNote.Read(text, comment.Start, comment.End, names, [], scope);
        of = notes.Count == 1 ? notes[0].Of : "";
        return notes is [var note] ? Believed(note) : null;
    }

    /// <summary>Beside x.shape alone, or print(x.shape).</summary>
    public void ReadPrinted(Token comment, string name, Tensor tensor, Scope scope)
    {
        if (ShapeNote.Read(text, comment.Start, comment.End, name.Length > 0 ? [name] : [], [], scope) is [var note])
        {
            Shaped(name, tensor, [note with { IsWorded = true }]);
        }
    }

    private Tensor Shaped(string name, Tensor tensor, IReadOnlyList<ShapeNote> notes)
    {
        if (notes.Count == 0)
        {
            return tensor;
        }

        if (tensor.Shape is not { } shape)
        {
            return notes is [var told] ? tensor with { Shape = Believed(told) } : tensor;
        }

        if (notes.Count > 1)
        {
            // An arrow: before and after. It is enough that one of them is this.
            if (notes.FirstOrDefault(n => ShapeJudge.Compare(n, shape) == Verdict.Right) is { } fits)
            {
                checks.Add(new(fits.At, fits.Length, null));
            }

            return tensor;
        }

        var note = notes[0];
        switch (ShapeJudge.Compare(note, shape))
        {
            case Verdict.Wrong:
                var printed = text.Substring(note.At, note.Length);
                checks.Add(new(note.At, note.Length, new(note.At, note.Length, printed, ShapeJudge.Written(note, shape, text), ShapeJudge.Why(name, tensor))));

                // One of the two is not what the author thinks: nothing that follows is held against either.
                return tensor with { Shape = null, Deed = null };
            case Verdict.Right:
                checks.Add(new(note.At, note.Length, null));
                return tensor;
            default:
                return note.Parts.Count == shape.Rank ? tensor with { Shape = Shape.Of(shape.Dims.Select((d, i) => d.IsKnown || note.Parts[i].IsResolved ? d : note.Parts[i].Dim)) } : tensor;
        }
    }

    private Tensor Ranged(Token comment, Tensor tensor, Scope scope, IReadOnlyCollection<string> others)
    {
        if (RangeNote.Read(text, comment.Start, comment.End, others, new Evaluator(scope)) is not { } note)
        {
            return tensor;
        }

        if (tensor.Range is not { } range)
        {
            return note.IsTarget ? tensor : tensor with { Range = new(note.Low, note.High, false, "the comment"), IsFree = false };
        }

        switch (RangeJudge.Compare(note, range))
        {
            case Verdict.Wrong:
                checks.Add(new(note.At, note.Length, new(note.At, note.Length, text.Substring(note.At, note.Length), RangeJudge.Written(note, range, text), $"{range.How} lies in {range}")));
                return tensor;
            case Verdict.Right:
                checks.Add(new(note.At, note.Length, null));
                return tensor;
            default:
                return tensor;
        }
    }

    /// <summary>[1, 2, 3] may be what is in it; [1, 3, 64, 64], [B, 3] and "shape: (1, 2)" are lengths.</summary>
    private static Shape? Believed(ShapeNote note) =>
        note.IsWorded || !note.IsWhole || note.Of.Length > 0 || note.Parts.Count >= 4 ? Shape.Of(note.Parts.Select(p => p.IsResolved ? Dim.Unknown : p.Dim)) : null;
}
