namespace LatentConformance.Tests.Packages;

/// <summary>A project of somebody else's: what he writes, and nothing of this checkout but its packages.</summary>
internal static class Outside
{
    /// <summary>His only feed is the folder with our packages; what they depend on he has used before.</summary>
    public static string Feed(string feed, string cache, string before) => $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{cache}" /></config>
          <packageSources><clear /><add key="ours" value="{feed}" /></packageSources>
          <fallbackPackageFolders><clear /><add key="before" value="{before}" /></fallbackPackageFolders>
        </configuration>
        """;

    /// <summary>The versions that a feed with holes really has, and ours.</summary>
    public static string Versions(string pins, string ours) => pins.Replace(
        "</Project>", $"""<ItemGroup><PackageVersion Include="LatentConformance.NUnit" Version="{ours}" /></ItemGroup></Project>""", StringComparison.Ordinal);

    public const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <EnableNUnitRunner>true</EnableNUnitRunner>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="LatentConformance.NUnit" />
            <PackageReference Include="NUnit3TestAdapter" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Three operations; the KL has lost its ½.</summary>
    public const string Code = """
        using System;
        using System.Linq;
        using LatentConformance.Contract;
        using LatentConformance.NUnit;

        namespace Elsewhere;

        public sealed class MyVae : IGaussian, IVectorQuantizer
        {
            public Tensor KlStandard(Tensor mu, Tensor logvar) => Tensor.Of(mu.DType, [mu.Shape[0]],
                [.. Enumerable.Range(0, mu.Shape[0]).Select(b => Enumerable.Range(0, mu.Shape[1])
                    .Sum(d => (mu[b, d] * mu[b, d]) + (Math.Exp(logvar[b, d]) - 1) - logvar[b, d]))]);

            public Tensor Reparameterize(Tensor mu, Tensor logvar, Tensor epsilon) => Tensor.Of(mu.DType, mu.Shape.ToArray(),
                [.. Enumerable.Range(0, mu.Count).Select(i => mu[i] + (Math.Exp(logvar[i] / 2) * epsilon[i]))]);

            public Tensor VqAssign(Tensor z, Tensor codebook) => new([z.Shape[0]],
                [.. Enumerable.Range(0, z.Shape[0]).Select(n => (long)Enumerable.Range(0, codebook.Shape[0])
                    .MinBy(k => Enumerable.Range(0, z.Shape[1]).Sum(d => Math.Pow(z[n, d] - codebook[k, d], 2))))]);
        }

        public sealed class MyVaeConforms : ConformanceFixture<MyVae>;

        [KnownFailures("known.txt")]
        public sealed class WhatIsKnownIsNotNews : ConformanceFixture<MyVae>;
        """;
}
