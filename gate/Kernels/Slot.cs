using System.Reflection;
using LatentConformance.Contract;

namespace LatentConformance.Gate.Kernels;

/// <summary>What a parameter stands for.</summary>
internal enum SlotKind
{
    Input,
    Output,
    Number,
    Size,
}

/// <summary>One parameter of a kernel and what it is given.</summary>
/// <param name="Field">The input or output; null for the size of an axis.</param>
/// <param name="Name">The wire name of the field, or the axis.</param>
/// <param name="Element">The element of a span, or the type of a number.</param>
internal sealed record Slot(SlotKind Kind, ParameterInfo Parameter, Field? Field, string Name, Type Element);
