using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>What <c>anneal render</c> was asked for.</summary>
/// <param name="Out">The folder that pages are written to.</param>
/// <param name="Jobs">Notebooks that run at the same time.</param>
/// <param name="Limits">What each of them may take.</param>
/// <param name="Save">Whether outputs go into the .ipynb files as well.</param>
/// <param name="Solutions">Whether pages show solutions.</param>
internal sealed record RenderSettings(string Out, int Jobs, RunSettings Limits, bool Save, bool Solutions)
{
    /// <summary>The courses of the folders that notebooks are in; null for a folder without one.</summary>
    public IReadOnlyDictionary<string, Course?> Courses { get; init; } = new Dictionary<string, Course?>();

    /// <summary>Whether the site gets the API reference, which lessons then link.</summary>
    public bool Reference { get; init; }

    /// <summary>Where results of notebooks that have not changed are found and kept; null where none are.</summary>
    public KeptRuns? Kept { get; init; }

    /// <summary>Looks at each run; null where only pages were asked for.</summary>
    public Checker? Checker { get; init; }

    /// <summary>The library packed for pages, once it is built; null where the site has none.</summary>
    public Task<PageLibrary?> Live { get; init; } = Task.FromResult<PageLibrary?>(null);

    /// <summary>How long a notebook's course says that its cells take; null where it says nothing.</summary>
    public TimeSpan? Stated(string file) =>
        Courses.GetValueOrDefault(Path.GetDirectoryName(file)!)?.Registers.Lessons.FirstOrDefault(lesson => lesson.Name == Path.GetFileNameWithoutExtension(file)) is { Seconds: > 0 and var seconds }
            ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The surroundings of a notebook's page.</summary>
    public async Task<PageSettings> AroundAsync(string file) => Courses.GetValueOrDefault(Path.GetDirectoryName(file)!) is { } course
        ? CourseSite.Around(course, Path.GetFileNameWithoutExtension(file), Reference, lab: await Live is not null) with { Library = await Live }
        : new PageSettings();
}
