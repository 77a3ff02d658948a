module Anneal.Charts.Tests.DocumentationTests

open System
open System.IO
open System.Reflection
open System.Runtime.CompilerServices
open System.Xml.Linq
open Anneal.Charts
open Xunit

/// What has a sentence: type or member as the compiler writes it, without parameters.
let documented =
    let file =
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Anneal.Charts.xml"))

    set
        [
            for element in file.Descendants "member" do
                for name in element.Attributes "name" do
                    if not (String.IsNullOrWhiteSpace element.Value) then
                        name.Value.Split('(', '`')[0]
        ]

let ofOurs (m: MemberInfo) =
    isNull (m.GetCustomAttribute<CompilerGeneratedAttribute>())

/// Public types and members that somebody wrote; an override says what it overrides.
let written =
    [
        for t in
            typeof<ChartView>.Assembly.GetExportedTypes()
            |> Array.filter (fun t -> t.Namespace = "Anneal.Charts") do
            let name = string t.FullName
            $"T:{name}"

            let flags =
                BindingFlags.Public
                ||| BindingFlags.Static
                ||| BindingFlags.Instance
                ||| BindingFlags.DeclaredOnly

            for p in t.GetProperties flags do
                if ofOurs p then
                    $"P:{name}.{p.Name}"

            for m in t.GetMethods flags do
                if ofOurs m && not m.IsSpecialName && m.GetBaseDefinition() = m then
                    $"M:{name}.{m.Name}"
    ]

// The C# packages are held to it by the compiler (CS1591); F# has no such warning.
[<Fact>]
let ``every public type and member has its sentence`` () =
    Assert.True(written.Length > 100, $"{written.Length} members")

    Assert.Equal(
        "",
        written
        |> List.filter (fun name -> not (documented.Contains name))
        |> String.concat ", "
    )
