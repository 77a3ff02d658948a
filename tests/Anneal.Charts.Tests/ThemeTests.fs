module Anneal.Charts.Tests.ThemeTests

open System
open Anneal.Charts
open Xunit

/// Relative luminance as WCAG 2.2 defines it.
let luminance (color: string) =
    [ 1, 0.2126; 3, 0.7152; 5, 0.0722 ]
    |> List.sumBy (fun (at, weight) ->
        let c = float (Convert.ToInt32(color.Substring(at, 2), 16)) / 255.0

        weight
        * if c <= 0.04045 then
              c / 12.92
          else
              ((c + 0.055) / 1.055) ** 2.4)

let contrast a b =
    let a, b = luminance a, luminance b
    (max a b + 0.05) / (min a b + 0.05)

[<Fact>]
let ``every colour stands out from white and from dark paper`` () =
    for color in Theme.palette do
        for paper in [ "#ffffff"; "#1b1d21" ] do
            let ratio = contrast color paper
            Assert.True(ratio >= 3.0, $"{color} on {paper}: {ratio}")

[<Fact>]
let ``there are no more colours than a reader finds in a list`` () = Assert.Equal(6, Theme.palette.Length)

[<Fact>]
let ``no two of the first 48 lines look the same`` () =
    let looks = [ for i in 0..47 -> Theme.color i, Theme.dash i ]
    Assert.Equal(looks.Length, (List.distinct looks).Length)

[<Fact>]
let ``no two of the first 48 series of points look the same`` () =
    let looks = [ for i in 0..47 -> Theme.color i, Theme.symbol i ]
    Assert.Equal(looks.Length, (List.distinct looks).Length)

[<Fact>]
let ``long titles break for a phone and lose no word`` () =
    let title =
        "A title that is far too long to stand in a single line on the screen of a phone"

    let lines = (Text.wrap 44 title).Split "<br>"
    Assert.All(lines, (fun line -> Assert.InRange(line.Length, 1, 44)))
    Assert.Equal(title, String.concat " " lines)

/// The same as lessons and pages write (ReadableNumberTests).
[<Theory>]
[<InlineData(0.0, 6, "0")>]
[<InlineData(1500000000.0, 2, "1.5·10⁹")>]
[<InlineData(1e-8, 6, "10⁻⁸")>]
[<InlineData(-2.5e-7, 6, "−2.5·10⁻⁷")>]
[<InlineData(0.00001, 6, "0.00001")>]
[<InlineData(0.0000099999996, 6, "0.00001")>]
[<InlineData(1970.0, 7, "1970")>]
[<InlineData(12500.0, 6, "12,500")>]
[<InlineData(-1234567.8, 8, "−1,234,567.8")>]
[<InlineData(9999999.6, 7, "10⁷")>]
[<InlineData(5e-324, 3, "4.94·10⁻³²⁴")>]
[<InlineData(Double.NegativeInfinity, 3, "−∞")>]
[<InlineData(Double.NaN, 3, "not a number")>]
let ``a number is written as people write it`` (value: float) (digits: int) (written: string) =
    Assert.Equal(written, Text.number digits value)
