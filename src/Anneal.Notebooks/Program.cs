using Anneal.Notebooks;

// The processes behind the anneal command; NotebookRunner and PageMaker start them and tell them what to do.
return args switch
{
    ["guard", var pipe] => GuardProgram.Run(pipe),
    ["child", var pipe] => ChildProgram.Run(pipe),
    ["page", var pipe] => PageProgram.Run(pipe),
    _ => Refuse(),
};

static int Refuse()
{
    Console.Error.WriteLine("This program runs the cells of one notebook for the anneal command. Use: anneal render");
    return 2;
}
