using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>
/// Shapes and ranges in the comments of Python listings, where the code beside them decides them. What is not understood decides
/// nothing: a comment is called wrong only when the code is sure to make another shape.
/// </summary>
public static class ShapeComments
{
    /// <summary>Nobody writes a listing of this length for a reader; and nothing here takes long.</summary>
    private const int MaxLength = 1 << 18;

    private static readonly string[] Signs = ["torch.", "np.", "nn.", "numpy", "def ", "self.", "F."];

    /// <summary>One for each comment that the code decides, in the order of the listing.</summary>
    public static IReadOnlyList<CommentCheck> In(Code block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var text = block.Text.Text;
        var isPython = block.Language.Contains("python", StringComparison.Ordinal) || block.Language is "" or "py" or "torch" or "pytorch";
        if (!isPython || text.Length > MaxLength || !text.Contains('#', StringComparison.Ordinal) || !Array.Exists(Signs, s => text.Contains(s, StringComparison.Ordinal)))
        {
            return [];
        }

        var comments = new CommentReader(text);
        new Listing(text, comments).Run();
        return comments.Checks;
    }
}
