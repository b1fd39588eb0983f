using System.Reflection;
using LatentConformance.Contract;
using LatentConformance.Simd;
using NUnit.Framework;

namespace LatentConformance.Tests.Simd;

/// <summary>Gates call span kernels by names alone: a name that means nothing would be found there, and late.</summary>
[TestFixture]
public sealed class KernelNamesTests
{
    private static IEnumerable<TestCaseData> Kernels =>
        from type in typeof(SimdKernels).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        let kernel = method.GetCustomAttribute<KernelAttribute>()
        where kernel is not null
        select new TestCaseData(kernel.Operation, method).SetArgDisplayNames(kernel.Operation);

    [TestCaseSource(nameof(Kernels))]
    public void Kernel_Parameters_AreFieldsOrAxesOfAnOfferedOperation(string name, MethodInfo kernel)
    {
        var operation = Catalogue.Standard.Find(name);
        Assert.That(operation, Is.Not.Null);
        Assert.That(operation!.IsOfferedBy(new SimdKernels()), "offered");
        Assert.That(kernel.IsPublic && kernel.DeclaringType!.IsPublic, "public");
        Assert.That(kernel.GetParameters().Where(p => !Fits(operation, p)).Select(p => p.ToString()), Is.Empty);
    }

    [Test]
    public void Kernels_OfOneOperation_AreOne() =>
        Assert.That(
            Kernels.Select(k => (string)k.Arguments[0]!).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key),
            Is.Empty);

    private static bool Fits(Operation operation, ParameterInfo parameter)
    {
        var input = operation.Inputs.FirstOrDefault(f => f.ParameterName == parameter.Name);
        var field = input ?? operation.Outputs.FirstOrDefault(f => f.ParameterName == parameter.Name);
        if (field is null)
        {
            return parameter.ParameterType == typeof(int)
                && operation.Inputs.Concat(operation.Outputs).SelectMany(f => f.Axes).Contains(parameter.Name, StringComparer.OrdinalIgnoreCase);
        }

        var number = field.Kind == FieldKind.Int ? typeof(long) : typeof(float);
        return input is null ? parameter.ParameterType == typeof(Span<>).MakeGenericType(number)
            : field.Axes.Count > 0 ? parameter.ParameterType == typeof(ReadOnlySpan<>).MakeGenericType(number)
            : parameter.ParameterType == (field.Kind == FieldKind.Int ? typeof(long) : typeof(double));
    }
}
