namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>A shape or a range in a comment that the code contradicts.</summary>
/// <param name="At">Where in the listing it stands.</param>
/// <param name="Right">What it should be, in the notation of the comment.</param>
/// <param name="Why">One short sentence.</param>
public sealed record CommentFinding(int At, int Length, string Printed, string Right, string Why);
